"""Running on more computers: a Dask cluster behind the same interface as local workers."""

"""What nothing in the package calls or reads by name, and why it is there; vulture reads this file.

A name stands here only for a reason that is said beside it. What Qt calls stands in ``pyproject.toml``.
"""

# Written down with their record, as JSON.
median_month  # of break-even

# Called by libraries, which look for these names.
beds  # a command
convert  # Click's types of parameters
dask_setup  # Dask, when a worker starts
model_config  # Pydantic's settings of a record
_figures_fit_the_kind  # a validator that Pydantic calls
_is_not_too_fast  # likewise
_is_not_too_long  # likewise
__class_getitem__  # records for a kind of value: ByGroup[Money]
__call__  # the shape of a function, for the type checker
__cause__  # told with an error
writeable  # NumPy's flag
_ok  # SimPy's events
_value  # SimPy's events
set_env  # Numba's libraries of code
_finalize_final_module  # Numba
_finalized  # Numba
get_pointer_to_function  # Numba
save_overload  # Numba's keeping of code
flush  # Numba's keeping of code
on_start  # Numba's events
on_end  # Numba's events
generic_resolve  # Numba's attributes of types
_WorldFields  # registered with Numba by its decorator
_RecordFields  # registered with Numba
_Fields  # registered with Numba
_GetItem  # registered with Numba
_SetItem  # registered with Numba
_Length  # registered with Numba
_world_field  # registered with Numba
_get_item  # registered with Numba
_set_item  # registered with Numba
_get_field  # registered with Numba
_set_field  # registered with Numba
_py_file  # Numba's cache
get_cache_path  # Numba's cache
get_source_stamp  # Numba's cache
get_disambiguator  # Numba's cache
from_function  # Numba's cache
load_overload  # Numba's cache
stop_at  # a field of a record array, read by its text

# Fields of a scenario's records: shown by forms and written to the file, which go through all fields.
aim
owner
signed_off

# Figures of a result that a reader of it may want.
variance_reduction
target_units
origin_units

# What tests look at, as a person does with their eyes.
covers  # whether a box hides the label of an arrow
label_rect
ghosts
name_editor
screen_point
is_drawing
box_point
arrow_point
arrow_width
told_words
is_dimmed

# Anchors outside the program.
philox  # its published answers are tested
PROJECTOR  # charts are tested to be legible on a wall

# Left for whoever works on them next.
ratios  # its coverage is measured; pounds per unit of outcome are to have it
earliest  # its coverage is measured; the month of breaking even is to have it

# Modules loaded before somebody waits for them.
pathway_modeller

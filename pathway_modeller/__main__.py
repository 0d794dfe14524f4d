"""Lets ``python -m pathway_modeller`` do what ``pathway-modeller`` does."""

from pathway_modeller.main import main

if __name__ == "__main__":
    main()

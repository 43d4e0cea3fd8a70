"""Makes `python -m training` the same as `parkner`."""

from training.cli.main import main

if __name__ == "__main__":
    main()

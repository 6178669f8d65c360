"""`python -m prasan` is the same door as the `prasan` script."""

from prasan.cli.main import main

if __name__ == "__main__":
    main()

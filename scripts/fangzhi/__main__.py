"""``python -m fangzhi``."""

from fangzhi.cli import main

main()

"""Write docs/address-error-card.md: how often each rule on addresses is right, measured on the published corpora.

python tools/error_card.py
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.address import card

if __name__ == "__main__":
    card.TARGET.write_text(card.render(), "utf-8")

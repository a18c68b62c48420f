"""Fills one template, for `fill_apart`."""

import sys

from workflow.documents.own_word import main

sys.exit(main())

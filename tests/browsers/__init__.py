"""The extension and its host, in real browsers."""

import pytest

pytest.register_assert_rewrite("tests.browsers.pages")

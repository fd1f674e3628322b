"""Any file to clean text with locators, to passages. Pure."""

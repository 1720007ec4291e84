"""Every picture of the site: which files a photo becomes, and how they are made."""

"""Every machine-readable file of the site: JSON documents with their schemas, the catalogue, the sitemap."""

"""What each page shows: pure functions from a page's inputs to exactly the values its template is given."""

"""Every page of the site: the plan lists them, a view says what each one shows, the theme's template writes it."""

"""Time: dates and spans in the text, what they resolve to, which figure they hold for; the page's date."""

"""Pages: lines, paragraphs, headlines and bylines, and the articles they make."""

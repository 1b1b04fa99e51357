"""Charts of the answers to queries: declared in words, specified in Vega-Lite, drawn as SVG or PNG."""

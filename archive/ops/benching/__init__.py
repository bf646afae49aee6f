"""Measuring the archive from within: how long its pages take beside a bare one, its memory, its starts.

`driving` asks for pages as a web server would, `choosing` says which, `measuring` takes the times, `processes` adds up
memory, `starts` brings up an empty archive, and `tables` says it all beside the bars that were set.
"""

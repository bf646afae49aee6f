"""Bringing works along: files that an author has elsewhere become drafts here, which the author looks at and posts.

`recognising` tells what a file is, and a reader of that kind (`formats/`) makes a `Brought` of it: what the file claims.
`keeping` takes uploads, `working` reads them in the background, `drafting` writes drafts, `posting` posts what was confirmed.
"""

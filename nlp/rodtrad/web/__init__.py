"""The web page: server-rendered HTML and its JSON twin over the library; computes nothing itself.

Every topic has a *view* (a pydantic value made from the library, which is the JSON twin) and a
*page* (HTML made from that view).
"""

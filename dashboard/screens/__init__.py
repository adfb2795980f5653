"""
One module per page: TITLE, ICON, POSITION in the menu, and show(archive).

The folder is not called pages: Streamlit takes a folder of that name beside the app for its older kind of
menu, and the first visitor after a start who came by a deep link would get the bare module, an empty page.
"""

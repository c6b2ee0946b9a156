"""Start the site: under `streamlit run` a server with our addresses, inside it the script that draws a page."""

import streamlit as st

if __name__ == "__main__":
    from tour.ui.app import draw

    draw()
else:
    from tour.ui.app import show_error_page
    from tour.ui.lifespan import lifespan
    from tour.ui.protocol import MESSAGES
    from tour.web.app import middleware, routes

    base = st.get_option("server.baseUrlPath")
    app = st.App(
        __file__,
        routes=routes(base),
        middleware=middleware(MESSAGES, base),
        lifespan=lifespan,
        on_script_error=show_error_page,
    )

"""Start the site: under `streamlit run` a server with our addresses, inside it the script that draws a page."""

import streamlit as st

if __name__ == "__main__":
    from tour.ui.site import draw

    draw()
else:
    from tour.serving.web import middleware, routes
    from tour.ui.failure import tell_kindly
    from tour.ui.messages import MESSAGES
    from tour.ui.serving import lifespan

    base = st.get_option("server.baseUrlPath")
    app = st.App(
        __file__,
        routes=routes(base),
        middleware=middleware(MESSAGES, base),
        lifespan=lifespan,
        on_script_error=tell_kindly,
    )

"""What the server answers beside Streamlit: the only room that knows Starlette."""

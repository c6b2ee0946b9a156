"""What the server answers beside Streamlit: the only package that imports Starlette."""

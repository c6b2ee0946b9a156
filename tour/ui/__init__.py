"""Views in Streamlit: the only package that imports it."""

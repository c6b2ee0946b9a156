"""Views: they draw what the other rooms decide. The only folder that knows Streamlit."""

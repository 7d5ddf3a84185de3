"""Alembic's door: runs the migrations over the connection that `tradein_app.store.schema` hands over."""

from __future__ import annotations

from alembic import context

from tradein_app.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite cannot alter most of a table; batch mode copies it where needed, and is the plain thing elsewhere.
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

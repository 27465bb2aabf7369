recall();
navigation();
show(state.view);

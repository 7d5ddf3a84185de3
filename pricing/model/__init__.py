"""The trained price model: learned with scikit-learn, kept as JSON and arrays, scored with numpy alone."""

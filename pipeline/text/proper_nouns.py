"""Proper nouns that titles of the field hold, for `text/capitals.py`: eponyms, peoples and places, products.

As they are written; a possessive `'s` is ignored by the reader. Words that are also ordinary ones (Down, Green, Lie,
Polish, Student) are left out on purpose. Data only.
"""

EPONYMS = frozenset(
    ["Abel", "Adam", "Altman", "Alzheimer", "Asperger", "Barrett", "Bayes", "Bayesian", "Bernoulli", "Boltzmann",
     "Bonferroni", "Boole", "Boolean", "Bregman", "Brownian", "Burkitt", "Cartesian", "Cauchy", "Chebyshev",
     "Cholesky", "Cox", "Crohn", "Cushing", "Darcy", "Delaunay", "Dice", "Dirichlet", "Doppler", "Epstein", "Euclid",
     "Euclidean", "Euler", "Eulerian", "Feynman", "Fisher", "Fourier", "Frechet", "Frobenius", "Fréchet", "Fuchs",
     "Gabor", "Galerkin", "Gauss", "Gaussian", "Gibbs", "Gleason", "Goodpasture", "Granger", "Grassmann", "Hadamard",
     "Hamiltonian", "Hamming", "Hankel", "Hausdorff", "Hebbian", "Helmholtz", "Hermite", "Hessian", "Hilbert",
     "Hodgkin", "Hopfield", "Hough", "Hounsfield", "Huber", "Huntington", "Ising", "Jaccard", "Jacobi", "Jacobian",
     "Jensen", "Kalman", "Kaplan", "Karhunen", "Kolmogorov", "Krylov", "Kullback", "Lagrange", "Lagrangian",
     "Langerhans", "Langevin", "Laplace", "Laplacian", "Lebesgue", "Legendre", "Leibler", "Leibniz", "Levenberg",
     "Levenshtein", "Lewy", "Lipschitz", "Loève", "Lyapunov", "Mahalanobis", "Markov", "Markovian", "Marquardt",
     "Maxwell", "Meier", "Mercer", "Merkel", "Minkowski", "Moore", "Nash", "Navier", "Nesterov", "Neumann", "Newton",
     "Newtonian", "Nissl", "Nyquist", "Nyström", "Occam", "Otsu", "Papanicolaou", "Pareto", "Parkinson", "Parzen",
     "Pearson", "Penrose", "Planck", "Poincaré", "Poisson", "Procrustes", "Radon", "Raman", "Rao", "Rayleigh",
     "Ricci", "Riemann", "Riemannian", "Rorschach", "Rubik", "Rényi", "Schmidt", "Schrödinger", "Shannon", "Shapley",
     "Siamese", "Simpson", "Sinkhorn", "Sjögren", "Sobolev", "Spearman", "Stein", "Steiner", "Stiefel", "Stokes",
     "Sylvester", "Taylor", "Tikhonov", "Tourette", "Turing", "Viterbi", "Volterra", "Voronoi", "Wald", "Wasserstein",
     "Weibull", "Whitney", "Wiener", "Wilcoxon", "Wilson", "Winograd", "Zernike",]
)  # fmt: skip
PLACES = frozenset(
    ["Africa", "African", "America", "American", "Arabic", "Asia", "Asian", "Australia", "Australian", "Bengali",
     "Brazil", "Brazilian", "Britain", "British", "Canada", "Canadian", "Catalan", "China", "Chinese", "Czech",
     "Danish", "Dutch", "England", "English", "Europe", "European", "Finnish", "France", "French", "German",
     "Germany", "Greek", "Hebrew", "Hindi", "India", "Indian", "Iran", "Iranian", "Israel", "Italian", "Italy",
     "Japan", "Japanese", "Korea", "Korean", "Norwegian", "Persian", "Portuguese", "Russia", "Russian", "Spain",
     "Spanish", "Swedish", "Swiss", "Switzerland", "Turkey", "Turkish", "Urdu", "Vietnamese",]
)  # fmt: skip
PRODUCTS = frozenset(
    ["Android", "Covid", "Facebook", "Google", "Kaggle", "Matlab", "Python", "Reddit", "Swin", "Twitter", "Wikipedia",]
)  # fmt: skip
PAIRS = frozenset([("Models", "Genesis"), ("Monte", "Carlo"), ("Rubik's", "Cube"), ("Segment", "Anything")])
"""Names of two ordinary words."""

/** Research code that is a module; nothing but what it names is asked for. */
module research.latent {
    requires io.github.latentconvergence;
    requires io.github.latentconvergence.plot;
}

fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap();
        let c = candor::compile(candor::Source::new(&path, text), &candor::NoFiles, &candor::Options::default());
        eprint!("{}", candor::emit::human(&c.diagnostics, &c.sources, candor::emit::Style::Full, false));
        if let Some(p) = &c.published {
            for f in candor::Format::ALL {
                std::fs::write(format!("/tmp/out/{}.{}", std::path::Path::new(&path).file_stem().unwrap().to_str().unwrap(), f.extension()), p.render(f)).unwrap();
            }
        }
    }
}

//! `candor serve`: from a plan to a live preview in a browser.
//!
//! Every build becomes one [`Preview`] in memory, which the server answers from; it never touches the file system.

use std::net::{IpAddr, SocketAddr, TcpListener, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use candor::Format;
use tokio::sync::watch as latest;

use super::build::Built;
use super::compile::compile_all;
use super::files::is_stdin;
use super::outputs::{Outputs, find_collisions, inputs};
use super::settings::{Asked, Plan, Refusal};
use super::terminal::{Terminal, reason, shown};
use super::{ServeArgs, Status, watch};

mod frame;
mod preview;
mod server;

use preview::{Preview, Report, Round};
use server::Hosts;

pub(super) fn run(mut args: ServeArgs, terminal: &mut Terminal) -> Status {
    args.sources.stay();
    if args.sources.files.iter().any(|path| is_stdin(path)) {
        return terminal.fail("`-` is read once, so there is nothing to serve again");
    }
    let (listener, address) = match listen(&args) {
        Ok(listening) => listening,
        Err(text) => return terminal.fail(&text),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return terminal.fail(&format!("cannot start the server: {}", reason(&error))),
    };
    let (sender, receiver) = latest::channel(Arc::new(Preview::new()));
    let hosts = Hosts { any_address: args.allow_remote, name: args.host.clone() };
    let mut not_begun = Some((listener, receiver, hosts));
    let status = watch::run(terminal, |terminal| {
        let before = Arc::clone(&sender.borrow());
        let (now, inputs, status) = build(&args, &before, terminal);
        sender.send_replace(Arc::new(now));
        if !inputs.is_empty()
            && let Some((listener, receiver, hosts)) = not_begun.take()
        {
            runtime.spawn(server::serve(listener, receiver, hosts));
            terminal.out(&format!("serving http://{address}/\n"));
        }
        Built { status, inputs }
    });
    runtime.shutdown_background();
    status
}

/// Builds once; what cannot be built stays as it was before.
fn build(args: &ServeArgs, before: &Preview, terminal: &mut Terminal) -> (Preview, Vec<PathBuf>, Status) {
    let refused = |refusal: &Refusal, inputs: Vec<PathBuf>, terminal: &mut Terminal| {
        let status = refusal.show(terminal);
        (before.next(None, vec![Report::of_refusal(refusal)]), inputs, status)
    };
    let asked = Asked { documents: &args.document, page: Some(&args.page), ..Asked::default() };
    let plan = match Plan::new(&args.sources, &args.common, asked) {
        Ok(plan) => plan,
        Err(refusal) => return refused(&refusal, refusal.inputs.clone(), terminal),
    };
    let compiled = compile_all(&plan, &before.compiled());
    let inputs = inputs(&plan, &compiled);
    let outputs: Vec<Outputs<'_>> = plan
        .targets
        .iter()
        .zip(&compiled)
        .map(|(target, compiled)| Outputs::of(&plan, target, &compiled.outcome, &[Format::Html, Format::Json]))
        .collect();
    if let Err(refusal) = find_collisions(&plan, &inputs, &outputs) {
        return refused(&refusal, inputs, terminal);
    }
    let reports: Vec<Report> = outputs
        .iter()
        .zip(&compiled)
        .map(|(outputs, compiled)| Report::of(&plan, outputs, compiled, terminal))
        .collect();
    let status = reports.iter().map(|report| report.status).max().unwrap_or(Status::Clean);
    (before.next(Some(Round { plan: &plan, outputs: &outputs, compiled: &compiled }), reports), inputs, status)
}

/// Takes the port before anything is built; says the address as it stands in a browser.
fn listen(args: &ServeArgs) -> Result<(TcpListener, String), String> {
    let host = args.host.trim_start_matches('[').trim_end_matches(']');
    let what = shown(Path::new(host));
    let found: Vec<SocketAddr> = (host, args.port)
        .to_socket_addrs()
        .map_err(|_| format!("no address is known of `{what}`; give `--host 127.0.0.1`"))?
        .collect();
    if !args.allow_remote && found.iter().any(|address| !address.ip().is_loopback()) {
        return Err(format!(
            "others could read the preview at `{what}`, which is not an address of this machine alone; give \
             `--allow-remote` if they may"
        ));
    }
    let listener = TcpListener::bind(&*found).map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!("port {} is taken; give another `--port`, or `--port 0` for any that is free", args.port)
        }
        _ => format!("cannot listen at `{what}`, port {}: {}", args.port, reason(&error)),
    })?;
    let prepared = listener.set_nonblocking(true).and_then(|()| listener.local_addr());
    let address = prepared.map_err(|error| format!("cannot listen at `{what}`: {}", reason(&error)))?;
    let is_name = host.parse::<IpAddr>().is_err();
    let address = if is_name { format!("{what}:{}", address.port()) } else { address.to_string() };
    Ok((listener, address))
}

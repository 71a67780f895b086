using System.Runtime.InteropServices;
using ResearchKit.Cli;

using var interrupt = new CancellationTokenSource();

// The first Ctrl-C lets training save its state; the second one is the system's own, which ends the process at once.
void Stop(PosixSignalContext signal)
{
    if (interrupt.IsCancellationRequested)
        return;
    signal.Cancel = true;
    Console.Error.WriteLine("\nkit: saving; Ctrl-C once more ends at once.");
    interrupt.Cancel();
}

using var sigint = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var sigterm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return KitApp.Run(args, Console.Out, Console.Error, !Console.IsOutputRedirected, cancellation: interrupt.Token);

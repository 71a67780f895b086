using System.Collections.Concurrent;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using ResearchKit.Notebooks.Languages;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Workers;

/// <summary>The process that runs the cells of a notebook for <see cref="WorkerProcess"/>, so that whatever they do ends only this process.</summary>
public static class NotebookWorker
{
    /// <summary>Serves until the runner closes its pipe.</summary>
    /// <param name="requests">The handle of the pipe to read from.</param>
    /// <param name="events">The handle of the pipe to write to.</param>
    public static void Run(string requests, string events)
    {
        // Ctrl-C reaches all processes of the terminal; the runner decides what it means.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        DieFirst();
        // Every language needs them, and the first message takes its time to be read.
        _ = Task.Run(() => HostReferences.All);
        using var reader = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, requests), Encoding.UTF8);
        using var writer = new StreamWriter(new AnonymousPipeClientStream(PipeDirection.Out, events), new UTF8Encoding(false)) { AutoFlush = true };
        var writing = new Lock();
        void Send(WorkerMessage message)
        {
            var line = message.ToLine();
            lock (writing)
                writer.WriteLine(line);
        }

        NotebookSession? session = null;
        var answers = new BlockingCollection<string?>();
        var asking = new Lock();
        string Ask(InputRequest request)
        {
            var cell = RunningCell.Current!;
            lock (asking)
            {
                // An answer that came after its cell had been interrupted.
                while (answers.TryTake(out _))
                    continue;
                cell.Output.Ask(request);
                return answers.Take(cell.Cancellation)
                    ?? throw new CellFailure("InputError", $"The cell asks for input{(request.Prompt.Length > 0 ? $" ('{request.Prompt}')" : "")}, and this front end does not take any.");
            }
        }

        // An answer to every question, so that nobody waits for one that cannot be had.
        void Reply<T>(Task<T> question, Func<T?, WorkerMessage> message) =>
            question.ContinueWith(q => Send(message(q.IsCompletedSuccessfully ? q.Result : default)), TaskScheduler.Default);

        while (reader.ReadLine() is { } line)
        {
            switch (WorkerMessage.Read(line))
            {
                case StartMessage start:
                    session = new(new()
                    {
                        DefaultKernel = start.DefaultKernel,
                        Folder = start.Folder,
                        LockFile = start.LockFile,
                        Limits = start.Limits,
                        Input = start.Asks ? Ask : request => Runs.InputAnswers.Find(start.Answers, request),
                    });
                    break;
                case PrepareMessage prepare:
                    session!.Prepare(prepare.Cells);
                    Send(new PreparedMessage());
                    break;
                case RunMessage run:
                    _ = session!.ExecuteAsync(run.Cell, e => Send(new EventMessage(e)))
                        .ContinueWith(done => Send(new OutcomeMessage(done.Result)), TaskScheduler.Default);
                    break;
                case InterruptMessage:
                    session!.Interrupt();
                    break;
                case AnswerMessage answer:
                    answers.Add(answer.Text);
                    break;
                case CompleteMessage complete:
                    Reply(session!.CompleteAsync(complete.Code, complete.Position, complete.Kernel), found => new CompletionsMessage(found));
                    break;
                case InspectMessage inspect:
                    Reply(session!.InspectAsync(inspect.Code, inspect.Position, inspect.Kernel), text => new InspectionMessage(text));
                    break;
                case JudgeMessage judge:
                    _ = session!.CompletenessAsync(judge.Code, judge.Kernel)
                        .ContinueWith(q => Send(new CompletenessMessage(q.IsCompletedSuccessfully ? q.Result : null)), TaskScheduler.Default);
                    break;
            }
        }
        // The runner is gone. A cell may still be running, and must not go on alone.
        Environment.Exit(0);
    }

    // When memory ends, the system should end this process and not the runner, which saves the notebook.
    static void DieFirst()
    {
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", "800");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the system chooses.
        }
    }
}

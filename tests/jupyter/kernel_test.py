"""Runs Jupyter's own kernel test, and cases that it lacks, against the kernels of the kit.

Needs python3-jupyter-kernel-test and python3-nbclient (Debian), and the kernels registered where Jupyter looks for them:
    ./kit jupyter install && python3 tests/jupyter/kernel_test.py
"""

import time
import unittest

import jupyter_kernel_test
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

TIMEOUT = 60
jupyter_kernel_test.TIMEOUT = TIMEOUT


class Kernel(jupyter_kernel_test.KernelTests):
    """What both languages have in common."""

    code_forever = ""
    code_input = ""
    code_killed = ""

    def execute_helper(self, code, timeout=TIMEOUT, **more):
        # Nothing of an earlier request may be taken for the output of this one.
        self.flush_channels()
        return super().execute_helper(code, timeout=timeout, **more)

    def until_idle(self, msg_id):
        """The messages that a request causes, up to the end of its output."""
        messages = []
        while True:
            message = self.kc.get_iopub_msg(timeout=TIMEOUT)
            if message["parent_header"].get("msg_id") != msg_id:
                continue
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return messages
            messages.append(message)

    def test_an_endless_cell_is_interrupted_and_the_next_one_runs(self):
        self.flush_channels()
        msg_id = self.kc.execute(self.code_forever)
        while self.kc.get_iopub_msg(timeout=TIMEOUT)["msg_type"] != "stream":
            pass
        self.km.interrupt_kernel()
        reply = self.kc.get_shell_msg(timeout=TIMEOUT)
        self.assertEqual(reply["content"]["status"], "error")
        self.assertIn("interrupted", reply["content"]["evalue"])
        self.until_idle(msg_id)
        reply, _ = self.execute_helper(self.code_execute_result[0]["code"])
        self.assertEqual(reply["content"]["status"], "ok")

    def test_an_interruption_while_nothing_runs_does_nothing(self):
        self.km.interrupt_kernel()
        time.sleep(0.2)
        reply, _ = self.execute_helper(self.code_execute_result[0]["code"])
        self.assertEqual(reply["content"]["status"], "ok")

    def test_input_is_asked_for_and_given(self):
        self.flush_channels()
        msg_id = self.kc.execute(self.code_input, allow_stdin=True)
        request = self.kc.get_stdin_msg(timeout=TIMEOUT)
        self.assertEqual(request["content"], {"prompt": "Name?", "password": False})
        self.kc.input("Ada")
        reply = self.kc.get_shell_msg(timeout=TIMEOUT)
        self.assertEqual(reply["content"]["status"], "ok")
        results = [m for m in self.until_idle(msg_id) if m["msg_type"] == "execute_result"]
        self.assertEqual(results[0]["content"]["data"]["text/plain"], "Ada")

    def test_input_fails_where_it_is_not_allowed(self):
        self.flush_channels()
        self.kc.execute(self.code_input, allow_stdin=False)
        reply = self.kc.get_shell_msg(timeout=TIMEOUT)
        self.assertEqual(reply["content"]["ename"], "InputError")

    def test_a_cell_that_ends_its_process_is_told_of_and_the_next_one_runs(self):
        reply, output = self.execute_helper(self.code_killed)
        self.assertEqual(reply["content"]["ename"], "ProcessEnded")
        self.assertEqual([m["msg_type"] for m in output], ["error"])
        reply, _ = self.execute_helper(self.code_execute_result[0]["code"])
        self.assertEqual(reply["content"]["status"], "ok")

    def test_nothing_is_published_of_a_silent_cell_and_it_is_not_counted(self):
        before, _ = self.execute_helper(self.code_execute_result[0]["code"])
        reply, output = self.execute_helper(self.code_hello_world, silent=True)
        self.assertEqual(output, [])
        after, _ = self.execute_helper(self.code_execute_result[0]["code"])
        self.assertEqual(after["content"]["execution_count"], before["content"]["execution_count"] + 1)

    def test_cells_sent_together_with_one_that_fails_are_not_run(self):
        self.flush_channels()
        ids = [self.kc.execute(code) for code in [self.code_generate_error, self.code_hello_world, self.code_hello_world]]
        replies = [self.kc.get_shell_msg(timeout=TIMEOUT) for _ in ids]
        self.assertEqual([r["content"]["status"] for r in replies], ["error", "aborted", "aborted"])
        self.assertEqual([r["parent_header"]["msg_id"] for r in replies], ids)
        self.until_idle(ids[-1])


class CSharp(Kernel):
    kernel_name = ".net-csharp"
    language_name = "C#"
    file_extension = ".cs"
    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("oh");'
    completion_samples = [
        {"text": "Console.WriteL", "matches": {"WriteLine"}},
        {"text": 'var s = "\U0001f600"; s.ToUpperI', "matches": {"ToUpperInvariant"}},
    ]
    complete_code_samples = ["1 + 1", "var x = 2;", "if (true) { }", "#!time\n1"]
    incomplete_code_samples = ["for (var i = 0; i < 3; i++) {", "Console.WriteLine(", '"""']
    invalid_code_samples = ["int 3;", "}"]
    code_generate_error = 'throw new InvalidOperationException("no");'
    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": '"a" + "b"', "result": "ab"},
        {"code": "new[] { 1, 2 }", "mime": "text/html"},
    ]
    code_display_data = [{"code": 'display(HTML("<b>b</b>"));', "mime": "text/html"}, {"code": "display(3);", "mime": "text/plain"}]
    code_inspect_sample = "Console.WriteLine"
    code_history_pattern = "1 ? 2*"
    supported_history_operations = ("tail", "range", "search")
    code_forever = 'Console.Write("begun"); while (true) { }'
    code_input = 'await GetInputAsync("Name?")'
    code_killed = "Environment.Exit(3);"

    def test_a_display_is_updated_and_keeps_its_id(self):
        _, output = self.execute_helper('var d = display("before"); System.Threading.Thread.Sleep(100); d.Update("after");')
        self.assertEqual([m["msg_type"] for m in output], ["display_data", "update_display_data"])
        self.assertEqual(output[0]["content"]["transient"], output[1]["content"]["transient"])
        self.assertEqual(output[1]["content"]["data"]["text/plain"], "after")
        _, output = self.execute_helper('d.Update("later");')
        self.assertEqual([m["msg_type"] for m in output], ["update_display_data"])

    def test_what_can_not_be_interrupted_is_ended_with_its_process(self):
        self.flush_channels()
        msg_id = self.kc.execute('Console.Write("begun"); Enumerable.Repeat(1, int.MaxValue).SelectMany(i => Enumerable.Repeat(i, int.MaxValue)).Count(i => i > 1)')
        while self.kc.get_iopub_msg(timeout=TIMEOUT)["msg_type"] != "stream":
            pass
        self.km.interrupt_kernel()
        reply = self.kc.get_shell_msg(timeout=TIMEOUT)
        self.assertEqual(reply["content"]["ename"], "ProcessEnded")
        self.assertIn("could not be interrupted", reply["content"]["evalue"])
        self.until_idle(msg_id)

    def test_a_flood_of_output_is_cut_in_the_middle(self):
        reply, output = self.execute_helper('var line = new string(\'x\', 999); for (var i = 0; i < 100_000; i++) Console.WriteLine(line); Console.Write("end");')
        text = "".join(m["content"]["text"] for m in output)
        self.assertLess(len(text), 3 << 20)
        self.assertTrue(text.endswith("end"))
        self.assertIn("are left out here", text)

    def test_many_updates_are_joined(self):
        reply, output = self.execute_helper("var d = display(0); for (var i = 1; i <= 100_000; i++) d.Update(i);")
        self.assertEqual(output[-1]["content"]["data"]["text/plain"], "100000")
        self.assertLess(len(output), 10_000)

    def test_an_update_is_what_a_notebook_keeps(self):
        cells = ['var d = display("before");', 'd.Update("after"); Console.Write("said"); 1 + 1']
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        NotebookClient(notebook, kernel_name=self.kernel_name, timeout=TIMEOUT).execute()
        self.assertEqual(notebook.cells[0].outputs[0].data["text/plain"], "after")
        self.assertEqual([o.output_type for o in notebook.cells[1].outputs], ["stream", "execute_result"])
        notebook.cells[0].source = "missing"
        with self.assertRaises(CellExecutionError):
            NotebookClient(notebook, kernel_name=self.kernel_name, timeout=TIMEOUT).execute()

    def test_expressions_of_the_front_end_are_evaluated(self):
        self.flush_channels()
        self.kc.execute("var five = 5;", user_expressions={"good": "five + 1", "bad": "missing"})
        values = self.kc.get_shell_msg(timeout=TIMEOUT)["content"]["user_expressions"]
        self.assertEqual(values["good"]["data"]["text/plain"], "6")
        self.assertEqual(values["bad"]["status"], "error")

    def test_metadata_of_a_cell_names_its_language(self):
        message = self.kc.session.msg("execute_request", dict(code="List.sum [1; 2]", silent=False, allow_stdin=False))
        message["metadata"] = {"polyglot_notebook": {"kernelName": "fsharp"}}
        self.flush_channels()
        self.kc.shell_channel.send(message)
        self.assertEqual(self.kc.get_shell_msg(timeout=TIMEOUT)["content"]["status"], "ok")


class FSharp(Kernel):
    kernel_name = ".net-fsharp"
    language_name = "F#"
    file_extension = ".fs"
    code_hello_world = 'printfn "hello, world"'
    code_stderr = 'eprintfn "oh"'
    completion_samples = [{"text": "System.Console.WriteL", "matches": {"WriteLine"}}]
    complete_code_samples = ["1 + 1", "let x = 2"]
    incomplete_code_samples = ["let x =", "let f x =\n    x + 1"]
    invalid_code_samples = ["1)"]
    code_generate_error = 'failwith "no" |> ignore'
    code_execute_result = [{"code": "1 + 2", "result": "3"}, {"code": "[1; 2] |> List.map ((*) 2)", "mime": "text/html"}]
    code_display_data = [{"code": 'display (HTML "<b>b</b>") |> ignore', "mime": "text/html"}]
    code_inspect_sample = "List.map"
    code_forever = 'printf "begun"\nwhile true do ()'
    code_input = 'Kernel.GetInputAsync("Name?").Result'
    code_killed = "exit 3"


# Its cases are those of the languages.
del Kernel

if __name__ == "__main__":
    unittest.main()

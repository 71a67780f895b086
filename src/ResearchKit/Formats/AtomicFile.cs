using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ResearchKit.Formats;

/// <summary>
/// Replaces a file as a whole: after a crash, a full disk or a failed write there is either the complete old file or the
/// complete new one (order after Pillai et al., "All File Systems Are Not Created Equal", OSDI 2014: temporary file in
/// the same folder, flush, rename, flush of the folder).
/// </summary>
public static class AtomicFile
{
    const string Suffix = ".partial";
    const int RandomDigits = 16;

    /// <summary>
    /// Writes <paramref name="path"/> through a temporary file. If <paramref name="write"/> or the disk fails, the
    /// temporary file is removed, an old file stays as it was, and the error is thrown. A symbolic link is followed.
    /// </summary>
    /// <param name="path">The file to create or replace. Its folder must exist.</param>
    /// <param name="write">Writes the content to a stream, which may not be used after the call returns.</param>
    /// <exception cref="UnauthorizedAccessException">The folder or its disk does not allow writing.</exception>
    /// <exception cref="IOException">The disk is full or failed; the message names the file and what to do.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, new LinuxFileCalls());

    /// <summary>
    /// Removes the temporary files of processes that died while writing into <paramref name="folder"/>. Files that a living
    /// process is writing are left alone, as it holds their lock. A folder that does not exist has none.
    /// </summary>
    public static void RemoveLeftovers(string folder) => RemoveLeftovers(folder, new LinuxFileCalls());

    internal static void Write(string path, Action<Stream> write, IFileCalls calls)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var target = Path.GetFullPath(path);
        if (new FileInfo(target) is { LinkTarget: not null } link)
            target = link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        var folder = Path.GetDirectoryName(target) ?? throw new ArgumentException($"'{path}' is a folder, not a file.", nameof(path));

        // Opened first: were this to fail after the rename, the caller could not know which content survives a crash.
        var folderDescriptor = Check(calls.Open(folder), target, "open the folder of");
        try
        {
            var (temporary, descriptor) = CreateTemporary(target, calls);
            var stream = new DescriptorStream(target, descriptor, calls);
            try
            {
                write(stream);
                stream.Flush();
                Check(calls.Flush(descriptor), target, "flush");
                Check(calls.Rename(temporary, target), target, "replace");
            }
            catch
            {
                calls.Remove(temporary);
                throw;
            }
            finally
            {
                stream.End();
                // The lock is held until the name has changed, so that no one takes the file for a leftover.
                calls.Close(descriptor);
            }
            // Some network file systems cannot flush folders and say "invalid argument".
            var flushed = -calls.Flush(folderDescriptor);
            if (flushed > 0 && flushed != Errno.InvalidArgument)
                throw new IOException($"'{target}' holds the new content, but the disk could not confirm its name: "
                    + $"{Marshal.GetPInvokeErrorMessage(flushed)} (errno {flushed}). Check the disk and write it again.");
        }
        finally
        {
            calls.Close(folderDescriptor);
        }
    }

    internal static void RemoveLeftovers(string folder, IFileCalls calls)
    {
        foreach (var file in calls.List(folder))
        {
            if (!IsTemporary(file))
                continue;
            var descriptor = calls.Open(file);
            if (descriptor < 0)
                continue;
            if (calls.Lock(descriptor) >= 0)
                calls.Remove(file);
            calls.Close(descriptor);
        }
    }

    static (string Path, int Descriptor) CreateTemporary(string target, IFileCalls calls)
    {
        while (true)
        {
            var temporary = $"{target}.{RandomNumberGenerator.GetHexString(RandomDigits, lowercase: true)}{Suffix}";
            var descriptor = calls.Create(temporary);
            if (descriptor == -Errno.FileExists)
                continue;
            Check(descriptor, target, "create");
            // Between creation and lock another process may take the file for a leftover; then begin again. A file system
            // without locks only means that leftovers stay.
            if (calls.Lock(descriptor) != -Errno.WouldBlock && calls.Exists(temporary))
                return (temporary, descriptor);
            calls.Close(descriptor);
            calls.Remove(temporary);
        }
    }

    static bool IsTemporary(string path)
    {
        var name = Path.GetFileName(path.AsSpan());
        if (!name.EndsWith(Suffix) || name.Length < RandomDigits + Suffix.Length + 2)
            return false;
        var random = name[..^Suffix.Length][^(RandomDigits + 1)..];
        return random[0] == '.' && ulong.TryParse(random[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);
    }

    internal static int Check(int result, string target, string verb)
    {
        if (result >= 0)
            return result;
        var errno = -result;
        var what = $"Cannot {verb} '{target}'";
        throw errno switch
        {
            Errno.NoSpace or Errno.QuotaExceeded => new IOException(
                $"{what}: the disk that holds {Path.GetDirectoryName(target)} is full{FreeSpace(target)}. "
                + "Free some space or write to a folder on another disk. Nothing was changed."),
            Errno.AccessDenied or Errno.NotPermitted or Errno.ReadOnly => new UnauthorizedAccessException(
                $"{what}: no permission to write in {Path.GetDirectoryName(target)} (user {Environment.UserName}). "
                + "Change the folder's permissions or write to another folder. Nothing was changed."),
            Errno.NotFound => new DirectoryNotFoundException(
                $"{what}: the folder {Path.GetDirectoryName(target)} does not exist. Create it first."),
            Errno.IsFolder => new IOException($"{what}: it is a folder. Remove it or choose another name."),
            _ => new IOException($"{what}: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno}). Check the disk."),
        };
    }

    static string FreeSpace(string target)
    {
        try
        {
            return $" ({new DriveInfo(Path.GetDirectoryName(target)!).AvailableFreeSpace >> 10:N0} KiB free)";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return "";
        }
    }

    internal static class Errno
    {
        public const int NotPermitted = 1, NotFound = 2, Interrupted = 4, InputOutput = 5, WouldBlock = 11, AccessDenied = 13, FileExists = 17;
        public const int IsFolder = 21, InvalidArgument = 22, NoSpace = 28, ReadOnly = 30, QuotaExceeded = 122;
    }
}

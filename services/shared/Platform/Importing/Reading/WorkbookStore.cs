using System.IO.Compression;
using Platform.Errors;

namespace Platform.Importing.Reading;

/// <summary>A workbook on its way: a file of the service's own that is gone when it is closed.</summary>
internal static class WorkbookStore
{
    // Some hundred megabytes of XML are a million rows; behind a small archive with more than that is a bomb.
    private const long MaxUnpacked = 4L * 1024 * 1024 * 1024;

    // The one part that has to be held in memory.
    private const long MaxSharedTexts = 256 * 1024 * 1024;

    /// <summary>An empty one that nobody else can read.</summary>
    public static FileStream Create()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
    }

    /// <summary>Takes the content, up to the largest size of an import, and goes back to the beginning.</summary>
    public static async Task FillAsync(FileStream stored, LimitedContent content, CancellationToken cancellationToken)
    {
        var buffer = new byte[80 * 1024];
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            await stored.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        stored.Position = 0;
    }

    /// <summary>Why it is not read: by what its directory says, which is as much as is unpacked.</summary>
    public static Error? Check(FileStream stored)
    {
        if (stored.ReadByte() != 'P')
        {
            stored.Position = 0;
            return null;
        }

        using (var archive = new ZipArchive(stored, ZipArchiveMode.Read, leaveOpen: true))
        {
            if (archive.Entries.Sum(entry => entry.Length) > MaxUnpacked || archive.Entries.Any(entry => HasSharedTexts(entry) && entry.Length > MaxSharedTexts))
                return ImportErrors.WorkbookTooLarge;
            if (!archive.Entries.Any(entry => NameOf(entry).StartsWith("xl/", StringComparison.OrdinalIgnoreCase)))
                return ImportErrors.NotText;
        }

        stored.Position = 0;
        return null;
    }

    // Names of parts are told apart without regard to case, and some programs write backslashes.
    private static bool HasSharedTexts(ZipArchiveEntry entry) => Path.GetFileNameWithoutExtension(NameOf(entry)).Equals("sharedStrings", StringComparison.OrdinalIgnoreCase);

    private static string NameOf(ZipArchiveEntry entry) => entry.FullName.Replace('\\', '/');
}

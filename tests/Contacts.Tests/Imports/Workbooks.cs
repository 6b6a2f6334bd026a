using SpreadCheetah;
using SpreadCheetah.Worksheets;

namespace Contacts.Tests.Imports;

/// <summary>Makes workbooks as spreadsheet programs do.</summary>
internal static class Workbooks
{
    public static Task<byte[]> OfAsync(params Cell[][] rows) => OfAsync(("People", WorksheetVisibility.Visible, rows));

    public static async Task<byte[]> OfAsync(params (string Name, WorksheetVisibility Visibility, Cell[][] Rows)[] sheets)
    {
        using var file = new MemoryStream();
        await using (var book = await Spreadsheet.CreateNewAsync(file))
        {
            foreach (var (name, visibility, rows) in sheets)
            {
                await book.StartWorksheetAsync(name, new WorksheetOptions { Visibility = visibility });
                foreach (var row in rows)
                    await book.AddRowAsync(row);
            }

            await book.FinishAsync();
        }

        return file.ToArray();
    }

    public static Cell[] Texts(params string[] values) => [.. values.Select(value => new Cell(value))];
}

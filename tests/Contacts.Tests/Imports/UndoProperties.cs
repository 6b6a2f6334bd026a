using CsCheck;
using Xunit;

namespace Contacts.Tests.Imports;

/// <summary>To import and to take it back is to do nothing, whatever was there and whatever the file says.</summary>
public sealed class UndoProperties(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly string[] Targets = ["people", "companies", "leads"];
    private static readonly string[] Ways = ["", "&duplicates=create", "&duplicates=fill", "&duplicates=skip"];

    private static readonly Gen<string> Word = Gen.Frequency((2, Gen.Const("")), (3, Gen.String[Gen.Char['a', 'e'], 1, 2]));

    private static readonly Gen<string> Row = Gen.Select(Gen.Int[0, 11], Word, Word, Word, Gen.Int[0, 5], Word).Select((mail, first, phone, title, company, color) =>
        $"{first},Name {mail % 4},{(mail > 8 ? "" : $"m{mail}@x.example")},{phone},{title},{(company == 0 ? "" : $"Company {company}")},{(title.Length > 1 ? "Berlin" : "")},{color}");

    private static readonly Gen<(int Target, int Way, string[] Rows)> File = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3], Row.Array[1, 25]);

    [Fact]
    public async Task To_import_and_to_take_it_back_changes_nothing() => await Gen.Select(File.Array[0, 3], File).SampleAsync(
        async (there, file) =>
        {
            var importer = new Importer(contacts);
            foreach (var earlier in there)
                await ImportAsync(importer, earlier);
            var before = await importer.StateAsync();
            var undo = await importer.UndoAsync(await ImportAsync(importer, file));
            Assert.Equal(0, undo.Kept);
            Assert.Equal(before, await importer.StateAsync());
        },
        iter: 25, threads: 1);

    private static async Task<string> ImportAsync(Importer importer, (int Target, int Way, string[] Rows) file) =>
        (await importer.ImportAsync($"?target={Targets[file.Target]}{Ways[file.Way]}", ["First name,Last name,E-mail,Phone,Job title,Company,City,color", .. file.Rows])).ImportId;
}

using Platform.Contacts.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Imports;

/// <summary>Somebody who imports into one company, and takes imports back.</summary>
internal sealed class Importer(ContactsFixture contacts)
{
    public Guid Tenant { get; } = Guid.CreateVersion7();

    public ImportsService.ImportsServiceClient Imports => contacts.Imports(Tenant);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<ImportSummary> ImportAsync(string query, params string[] lines)
    {
        using var rest = contacts.Rest(Tenant);
        return await Upload.RestAsync(rest, Upload.Utf8(lines), query);
    }

    /// <summary>What came of it, when it has ended.</summary>
    public async Task<ImportUndo> UndoAsync(string id, int seconds = 60)
    {
        await Imports.UndoImportAsync(new UndoImportRequest { Id = id }, cancellationToken: Token);
        return await UndoneAsync(id, seconds);
    }

    public async Task<ImportUndo> UndoneAsync(string id, int seconds = 60)
    {
        await Eventually.HoldsAsync(async () => (await GetAsync(id)).State == ImportState.Undone, TimeSpan.FromSeconds(seconds), seconds > 60 ? TimeSpan.FromSeconds(1) : null);
        return (await GetAsync(id)).Undo;
    }

    public async Task<Import> GetAsync(string id) => await Imports.GetImportAsync(new GetImportRequest { Id = id }, cancellationToken: Token);

    /// <summary>All columns of all records, without what every write changes.</summary>
    public Task<string> StateAsync() => contacts.StateAsync(Tenant);
}

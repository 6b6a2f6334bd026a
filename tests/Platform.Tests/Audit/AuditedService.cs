using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Audit.V1;
using Platform.Auditing;
using Platform.Testing;

namespace Platform.Tests.Audit;

/// <summary>What the facts about chains do to the sample service.</summary>
internal static class AuditedService
{
    /// <summary>Writes notes, and waits until they are sealed.</summary>
    public static async Task<Guid> TenantWithAsync(this SampleService sample, int notes)
    {
        var tenant = Guid.CreateVersion7();
        for (var note = 0; note < notes; note++)
            await sample.AddNoteAsync(tenant, $"note {note}");
        await sample.SealedAsync(tenant, notes);
        return tenant;
    }

    public static Task SealedAsync(this SampleService sample, Guid tenant, long entries) => Eventually.HoldsAsync(async () =>
        await sample.Database.QueryAsync<long>($"SELECT coalesce(max(sequence), 0) FROM audit_seals WHERE tenant_id = '{tenant}'") == entries);

    public static Task<ChainReport> VerifyAsync(this SampleService sample, Guid tenant) =>
        sample.InTenantAsync(tenant, db => ChainVerifier.VerifyAsync(db, "sample", new VerifyLogRequest(), CancellationToken.None));

    public static Task<CompareHeadsResponse> CompareAsync(this SampleService sample, Guid tenant, params Head[] heads) => sample.InTenantAsync(tenant, async db =>
        (await CompareHeads.Handle(new CompareHeadsRequest { Heads = { heads } }, db, CancellationToken.None)).Value!);

    public static Task<Head> HeadAsync(this SampleService sample, Guid tenant) => sample.InTenantAsync(tenant, async db =>
    {
        var last = await db.AuditSeals.OrderByDescending(seal => seal.Sequence).FirstAsync();
        return new Head { Sequence = last.Sequence, Hash = Convert.ToHexStringLower(last.Hash) };
    });

    /// <summary>Changes the tables as nobody should be able to: as a superuser, past every trigger.</summary>
    public static async Task TamperAsync(this SampleService sample, string sql)
    {
        await using var source = NpgsqlDataSource.Create(sample.Database.Owner);
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"SET session_replication_role = replica; {sql}", connection);
        await command.ExecuteNonQueryAsync();
    }
}

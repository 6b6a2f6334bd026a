using System.Diagnostics;
using Npgsql;
using Platform.Audit.V1;
using Platform.Auditing;
using Platform.Tenancy;
using Platform.Testing;
using Xunit;

namespace Platform.Tests.Audit;

public sealed class VerifySpeedFacts(SampleService sample) : IClassFixture<SampleService>
{
    private const int Rows = 1_000_000;

    [Fact]
    [Trait("category", "long")]
    public async Task A_million_entries_are_sealed_and_verified_in_a_minute()
    {
        var tenant = Guid.CreateVersion7();
        await WriteAsync(tenant);
        var sealing = Stopwatch.StartNew();
        await Eventually.HoldsAsync(
            async () => await sample.Database.QueryAsync<long>($"SELECT coalesce(max(sequence), 0) FROM audit_seals WHERE tenant_id = '{tenant}'") == Rows, TimeSpan.FromMinutes(3));
        sealing.Stop();
        await sample.Database.ExecuteAsync("ANALYZE audit_entries, audit_seals");
        var verifying = Stopwatch.StartNew();
        var report = await sample.VerifyAsync(tenant);
        while (report is { Partial: true, Finding: null })
        {
            var request = new VerifyLogRequest { AfterSequence = report.Sequence, AfterHash = report.Hash };
            report = await sample.InTenantAsync(tenant, db => ChainVerifier.VerifyAsync(db, "sample", request, CancellationToken.None));
        }

        TestContext.Current.SendDiagnosticMessage($"{Rows} entries: sealed in {sealing.Elapsed.TotalSeconds:F1} s, verified in {verifying.Elapsed.TotalSeconds:F1} s");
        Assert.Null(report.Finding);
        Assert.Equal(Rows, report.Sequence);
        Assert.True(verifying.Elapsed < TimeSpan.FromMinutes(1), $"{verifying.Elapsed}");
    }

    private async Task WriteAsync(Guid tenant)
    {
        await using var source = NpgsqlDataSource.Create(sample.Database.Owner);
        await using var connection = await source.OpenConnectionAsync();
        var start = TimeProvider.System.GetUtcNow().AddDays(-1);
        await using var import = await connection.BeginBinaryImportAsync(
            "COPY audit_entries (tenant_id, id, time, actor_kind, actor, on_behalf_of, operation, trace_id, client_address, resource, resource_id, action, before, after, content_hash) FROM STDIN (FORMAT BINARY)");
        for (var row = 0; row < Rows; row++)
        {
            var time = start.AddMilliseconds(row);
            var entry = new AuditEntry
            {
                TenantId = tenant,
                Id = Guid.CreateVersion7(time),
                Time = time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond)),
                ActorKind = CallerKind.Person,
                Actor = "0190ac3e-0000-7000-8000-0000000000a2",
                Operation = "platform.deals.v1.DealsService/UpdateDeal",
                TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
                ClientAddress = "203.0.113.9",
                Resource = "deals.deal",
                ResourceId = $"{row % 5000}",
                Action = "update",
                Before = """{"name":"Forklift","probability":20,"closeDate":"2026-01-31"}""",
                After = """{"name":"Two forklifts","probability":50,"closeDate":"2026-02-28"}""",
            };
            await import.StartRowAsync();
            await import.WriteAsync(entry.TenantId);
            await import.WriteAsync(entry.Id);
            await import.WriteAsync(entry.Time.ToUniversalTime(), NpgsqlTypes.NpgsqlDbType.TimestampTz);
            foreach (var text in new[] { entry.ActorKind.ToString(), entry.Actor, "", entry.Operation, entry.TraceId, entry.ClientAddress, entry.Resource, entry.ResourceId, entry.Action })
                await import.WriteAsync(text);
            await import.WriteAsync(entry.Before, NpgsqlTypes.NpgsqlDbType.Json);
            await import.WriteAsync(entry.After, NpgsqlTypes.NpgsqlDbType.Json);
            await import.WriteAsync(EntryHash.OfContent(entry));
        }

        await import.CompleteAsync();
    }
}

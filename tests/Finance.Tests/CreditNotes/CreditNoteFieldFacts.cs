using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access.V1;
using Platform.CustomFields.V1;
using Platform.Finance.V1;
using Platform.Testing;
using Xunit;
using static Finance.Tests.Samples;

namespace Finance.Tests.CreditNotes;

public sealed class CreditNoteFieldFacts(FinanceFixture finance) : IClassFixture<FinanceFixture>
{
    private const int Invoices = 40;

    [Fact]
    public async Task Custom_fields_of_credit_notes_are_taken_when_they_are_made_and_what_is_wrong_is_said_in_Russian()
    {
        var tenant = await finance.AddTenantAsync();
        using var rest = finance.RestFor(tenant, All);
        var invoices = await Task.WhenAll(Enumerable.Range(0, Invoices).Select(_ => finance.InvoicesOf(tenant).IssueNewAsync()));
        var door = new FieldDoor(rest, "finance.credit_note", "creditNote", "/api/v1/finance/credit-notes", number => new JsonObject { ["invoiceId"] = invoices[number].Id, ["reason"] = "Returned" }) { IsFixed = true };
        await finance.DeliverAsync(tenant, new FieldsChanged { Version = finance.Fields.Set(tenant, [.. door.Fields]), Field = door.Fields.Single(field => field.Unique) });
        var faults = await door.FaultsAsync(Token);
        Assert.True(faults.Count == 0, string.Join('\n', faults));

        // What was refused took no number, and what is issued stays as it is, whoever may see it by now.
        var notes = (await finance.CreditNotesOf(tenant).ListCreditNotesAsync(new ListCreditNotesRequest { OrderBy = "number" }, cancellationToken: Token)).CreditNotes;
        Assert.Equal(Enumerable.Range(1, notes.Count).Select(number => $"CN-2026-{number:D6}"), notes.Select(note => note.Number));
        var again = await finance.CreditNotesOf(tenant).CreateCreditNoteAsync(new CreateCreditNoteRequest
        {
            InvoiceId = notes[0].InvoiceId,
            CustomFields = new Struct { Fields = { ["number"] = Value.ForNumber(1_000) } },
        }, cancellationToken: Token);
        Assert.Equal(notes[0], again);
        await new FinanceAccessService.FinanceAccessServiceClient(finance.GrpcFor(tenant, All)).ShareRecordAsync(
            new ShareRecordRequest { Resource = "finance.credit_note", Id = again.Id, Share = new Share { UserId = $"{Guid.CreateVersion7()}", Level = ShareLevel.Read } }, cancellationToken: Token);
        var changed = await Assert.ThrowsAnyAsync<Exception>(() => finance.Database.ExecuteAsync($"UPDATE credit_notes SET custom_fields = '{{}}' WHERE id = '{again.Id}'"));
        Assert.Contains(again.Number, changed.Message, StringComparison.Ordinal);
    }
}

using Npgsql;
using Platform.Testing;
using Xunit;
using static Finance.Tests.Samples;

namespace Finance.Tests.Invoices;

/// <summary>What the service never does, tried as the service's own role: the database refuses.</summary>
public sealed class TamperingFacts(FinanceFixture finance) : IClassFixture<FinanceFixture>
{
    [Theory]
    [InlineData("UPDATE invoices SET total = total + 1, net_total = net_total + 1 WHERE id = @id")]
    [InlineData("UPDATE invoices SET lines = '[]' WHERE id = @id")]
    [InlineData("UPDATE invoices SET buyer = '{\"name\":\"Somebody else\"}' WHERE id = @id")]
    [InlineData("UPDATE invoices SET number = 'INV-2026-999999' WHERE id = @id")]
    [InlineData("UPDATE invoices SET issue_date = issue_date - 1 WHERE id = @id")]
    [InlineData("UPDATE invoices SET amount_due = 0 WHERE id = @id")]
    [InlineData("UPDATE invoices SET status = 'Draft', number = NULL, issue_date = NULL, seller = NULL WHERE id = @id")]
    [InlineData("DELETE FROM invoices WHERE id = @id")]
    [InlineData("SET LOCAL platform.moving = 'on'; DELETE FROM invoices WHERE id = @id")]
    [InlineData("UPDATE number_series SET last_number = last_number - 1")]
    [InlineData("UPDATE number_series SET last_number = last_number + 2")]
    [InlineData("DELETE FROM number_series")]
    [InlineData("INSERT INTO number_series (tenant_id, document_type, fiscal_year, last_number, last_date) VALUES ('0190ac3e-0000-7000-8000-000000000001', 'Invoice', 2020, 100, '2020-01-01')")]
    public async Task An_issued_invoice_and_its_number_stay(string statement)
    {
        var issued = await finance.InvoicesOf(TestTenants.Acme).IssueNewAsync();
        await RefusedByDatabaseAsync(statement, issued.Id);
        Assert.Equal(issued, await finance.InvoicesOf(TestTenants.Acme).GetAsync(issued.Id));
    }

    [Theory]
    [InlineData("UPDATE credit_notes SET reason = 'Another' WHERE id = @id")]
    [InlineData("UPDATE credit_notes SET total = 0, net_total = 0, tax_total = 0 WHERE id = @id")]
    [InlineData("DELETE FROM credit_notes WHERE id = @id")]
    public async Task A_credit_note_stays(string statement)
    {
        var issued = await finance.InvoicesOf(TestTenants.Acme).IssueNewAsync();
        var note = await finance.CreditNotesOf(TestTenants.Acme).CreditAsync(issued.Id);
        await RefusedByDatabaseAsync(statement, note.Id);
    }

    [Fact]
    public async Task A_credited_invoice_is_not_reopened()
    {
        var issued = await finance.InvoicesOf(TestTenants.Acme).IssueNewAsync();
        await finance.CreditNotesOf(TestTenants.Acme).CreditAsync(issued.Id);
        await RefusedByDatabaseAsync("UPDATE invoices SET status = 'Issued', credit_note_id = NULL, amount_due = total WHERE id = @id", issued.Id);
    }

    [Fact]
    public async Task A_draft_does_not_become_credited_and_no_invoice_begins_issued()
    {
        var draft = await finance.InvoicesOf(TestTenants.Acme).CreateAsync(Invoice(Line()));
        await RefusedByDatabaseAsync(
            "UPDATE invoices SET status = 'Credited', number = 'X', issue_date = now(), seller = '{}', credit_note_id = id, amount_due = 0 WHERE id = @id", draft.Id);
        var issued = await finance.InvoicesOf(TestTenants.Acme).IssueNewAsync();
        await RefusedByDatabaseAsync(
            """
            INSERT INTO invoices SELECT (jsonb_populate_record(row, jsonb_build_object('id', gen_random_uuid(), 'number', 'INV-2026-777777'))).*
            FROM invoices AS row WHERE id = @id
            """, issued.Id);
    }

    private async Task RefusedByDatabaseAsync(string statement, string id)
    {
        await using var source = NpgsqlDataSource.Create(finance.Database.Application);
        await using var connection = await source.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using (var tenant = new NpgsqlCommand($"CALL platform.set_tenant('{TestTenants.Acme}')", connection))
            await tenant.ExecuteNonQueryAsync(Token);
        await using var command = new NpgsqlCommand(statement, connection);
        command.Parameters.AddWithValue("id", Guid.Parse(id));
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Token));
        Assert.Equal(PostgresErrorCodes.RestrictViolation, refusal.SqlState);
    }
}

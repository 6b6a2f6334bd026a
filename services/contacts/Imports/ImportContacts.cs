using System.Text;
using Microsoft.Extensions.Options;
using Platform.Access.Fields;
using Platform.Contacts.Companies;
using Platform.Contacts.Duplicates;
using Platform.Contacts.Imports.Columns;
using Platform.Contacts.Imports.Rows;
using Platform.Contacts.Imports.Undoing;
using Platform.Contacts.Imports.Writing;
using Platform.Contacts.Leads.Assignment;
using Platform.Contacts.Leads;
using Platform.Contacts.People;
using Platform.Contacts.Segments.Keeping;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Importing.Reading;
using Platform.Importing.Writing;
using Platform.Importing;
using Platform.Monetary.Rates;
using Platform.Tenancy;

namespace Platform.Contacts.Imports;

/// <summary>Makes the rows of a file leads, people and companies.</summary>
internal sealed class ImportContacts(
    ContactsDbContext db, BatchWriter writer, ImportLog log, SegmentCheckSignal written, CustomFieldDirectory directory, ReportingRates rates, Caller caller, TeamDirectory teams, TimeProvider time, IOptions<ContactsOptions> settings)
{
    private const int BatchesOfLook = 20;

    private int _batches;

    public async Task<Result<V1.ImportSummary>> Handle(
        LimitedContent content, V1.ImportOptions options, Encoding? declared, Func<V1.ImportContactsResponse, CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        if (!Enum.IsDefined(options.Target))
            return Error.Invalid("options.target", "There is no such target.");
        if (!Enum.IsDefined(options.Duplicates))
            return Error.Invalid("options.duplicates", "There is no such way to deal with duplicates.");
        if (options.DuplicateScore is < 0 or > 100)
            return Error.Invalid("options.duplicate_score", "Use 1 to 100, or leave it out.");
        if (caller.CheckBulkWrite(Lead.Resource.Info, Person.Resource.Info, Company.Resource.Info) is { } restricted)
            return restricted;
        // Columns cannot be understood without the company's fields.
        if (await directory.TryLoadAsync(caller, cancellationToken) is { } unavailable)
            return unavailable;
        await rates.EnsureAsync(cancellationToken);
        var opened = await TableFile.OpenAsync(content, new TableOptions(declared, options.Sheet), header => ColumnNames.Find(header) is not null, cancellationToken);
        if (opened.IsError)
            return opened.Error;
        await using var file = opened.Value;
        if (options.Header)
            await send(new V1.ImportContactsResponse { Header = await file.BeginningAsync(cancellationToken) }, cancellationToken);
        var columns = TargetFields.Of(options.Target).Map(file.Headers, options, caller.CustomFields!.ForFilesOf(caller));
        if (columns.IsError)
            return columns.Error;
        await using var rejected = options.ErrorFile ? new RejectedRows(file) : null;
        var (mapper, report) = (new RowMapper(columns.Value, options.Target), new ContactsReport(send, log) { Rejected = rejected });
        var run = new ImportRun<RowDraft, RowOutcome>(file, row => mapper.Map(row.Line, row.Fields), (rows, ending) => KeepAsync(rows, options, ending), report);
        if (!options.DryRun)
            await log.BeginAsync(options.Target, settings.Value.UndoImportWithin, cancellationToken);
        try
        {
            return await run.RunAsync(cancellationToken) is { } failed ? failed : await report.EndAsync(columns.Value.Ignored, cancellationToken);
        }
        finally
        {
            // Whatever ended it: the batches that were written stay.
            await log.EndAsync();
            written.Set();
            if (!options.DryRun)
                await SweepDuplicates.AfterImportAsync(db, time.GetUtcNow());
        }
    }

    private async Task<BatchResult<RowOutcome>> KeepAsync(IReadOnlyList<RowDraft> rows, V1.ImportOptions options, CancellationToken cancellationToken)
    {
        var result = await writer.WriteAsync(rows, (some, now, token) => WriteAsync(some, options, now, token), options.DryRun, cancellationToken);
        // The change tracker does not know what was written. Not after each batch: looking costs as much whatever there is.
        if (++_batches % BatchesOfLook == 0)
            written.Set();
        return result;
    }

    private async Task<BatchResult<RowOutcome>> WriteAsync(IReadOnlyList<RowDraft> rows, V1.ImportOptions options, DateTimeOffset now, CancellationToken cancellationToken) =>
        rows[0].Lead is null ? await ContactsBatch.WriteAsync(rows, options, log, db, now, cancellationToken) : await LeadsBatch.WriteAsync(rows, options, log, db, teams, time, now, cancellationToken);
}

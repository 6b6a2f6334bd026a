using System.Text;
using Microsoft.Extensions.Options;
using Platform.Access.Fields;
using Platform.Common.V1;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Importing;
using Platform.Importing.Columns;
using Platform.Importing.Reading;
using Platform.Importing.Writing;
using Platform.Records.Imports.Columns;
using Platform.Records.Imports.Undoing;
using Platform.Records.Imports.Writing;
using Platform.Records.Objects;
using Platform.Tenancy;

namespace Platform.Records.Imports;

/// <summary>Makes the rows of a file records of one object.</summary>
internal sealed class ImportRecords(RecordsDbContext db, BatchWriter writer, ImportLog log, CustomFieldDirectory directory, Caller caller, IOptions<RecordOptions> settings)
{
    public async Task<Result<ImportSummary>> Handle(
        string pluralKey, ImportOptions options, ImportFile content, Func<ImportResponse, CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        await directory.LoadAsync(caller, cancellationToken);
        var found = caller.FindObject(pluralKey);
        if (found.IsError)
            return found.Error;
        var (known, kind) = (found.Value, RecordKinds.Of(found.Value.Key));
        if (caller.CheckBulkWrite(kind.Info) is { } restricted)
            return restricted;
        var header = new RecordHeader(known, new CustomColumns(caller.CustomFields!.ForFilesOf(caller), known.Resource));
        var opened = await TableFile.OpenAsync(content.Content, new TableOptions(content.Encoding, options.Sheet), header.IsKnown, cancellationToken);
        if (opened.IsError)
            return opened.Error;
        await using var file = opened.Value;
        if (options.Header)
            await send(new ImportResponse { Header = await file.BeginningAsync(cancellationToken) }, cancellationToken);
        var layout = header.Read(file.Headers, options);
        if (layout.IsError)
            return layout.Error;
        await using var rejected = options.ErrorFile ? new RejectedRows(file) : null;
        var (reader, batch, report) = (new RowReader(known, layout.Value), new RecordsBatch(db, known, layout.Value, log), new ImportAnswers(send) { Rejected = rejected });
        var run = new ImportRun<RecordDraft, Change>(file, reader.Read, (rows, ending) => writer.WriteAsync(rows, batch.WriteAsync, options.DryRun, ending), report);
        if (!options.DryRun)
            await log.BeginAsync(known.Key, settings.Value.UndoImportWithin, cancellationToken);
        try
        {
            return await run.RunAsync(cancellationToken) is { } failed ? failed : await report.EndAsync(layout.Value.Columns.Ignored, cancellationToken, log.ImportId);
        }
        finally
        {
            // Whatever ended it: the batches that were written stay.
            await log.EndAsync();
        }
    }
}

/// <summary>The file that came.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Encoding">What the sender named; null where it has to be found out.</param>
internal sealed record ImportFile(LimitedContent Content, Encoding? Encoding);

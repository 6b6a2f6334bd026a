using System.Text;
using Platform.Access.Fields;
using Platform.Contacts.Companies;
using Platform.Contacts.Imports.Columns;
using Platform.Contacts.Imports.Reading;
using Platform.Contacts.Imports.Rows;
using Platform.Contacts.Imports.Writing;
using Platform.Contacts.Leads;
using Platform.Contacts.People;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Contacts.Imports;

/// <summary>Reads a file row by row and writes it batch by batch; never holds more than two batches.</summary>
internal sealed class ImportContacts(BatchWriter writer, CustomFieldDirectory directory, Caller caller)
{
    public async Task<Result<V1.ImportSummary>> Handle(
        LimitedStream content, V1.ImportOptions options, Encoding? declared, Func<V1.ImportContactsResponse, CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        if (!Enum.IsDefined(options.Target))
            return Error.Invalid("options.target", "There is no such target.");
        if (caller.CheckBulkWrite(Lead.Resource.Info, Person.Resource.Info, Company.Resource.Info) is { } restricted)
            return restricted;
        await directory.LoadAsync(caller, cancellationToken);
        if (caller.CustomFields is null)
            return ImportErrors.MetadataUnavailable;
        var source = await TextSource.OpenAsync(content, declared, cancellationToken);
        if (source.IsError)
            return source.Error;
        var reader = new RecordReader(source.Value);
        var columns = await ReadHeaderAsync(reader, options, caller.CustomFields.ForFilesOf(caller), cancellationToken);
        if (columns.IsError)
            return columns.Error;
        var report = new ImportReport(send);
        report.Summary.IgnoredColumns.AddRange(columns.Value.Ignored);
        await ReadRowsAsync(reader, new RowParser(columns.Value, reader.Separator, options.Target), content, report, cancellationToken);
        if (content.IsExceeded)
            return ImportErrors.TooLarge;
        await report.EndAsync(cancellationToken);
        return report.Summary;
    }

    private static async Task<Result<ColumnMap>> ReadHeaderAsync(RecordReader reader, V1.ImportOptions options, TenantFields fields, CancellationToken cancellationToken)
    {
        var first = await reader.PeekLineAsync(cancellationToken);
        reader.Separator = Separators.Declared(first) ?? Separators.Detect(first);
        if (Separators.Declared(first) is not null)
            await reader.ReadAsync(cancellationToken);
        var header = await reader.ReadAsync(cancellationToken);
        if (header is not { } record)
            return ImportErrors.EmptyFile;
        if (record.Fault != RecordFault.None || record.Text.Contains(EncodingGuess.Undecodable, StringComparison.Ordinal))
            return ImportErrors.BrokenHeader;
        var headers = Array.ConvertAll(CsvFields.Split(record.Text, reader.Separator), header => header.Trim());
        reader.Columns = headers.Length;
        return ColumnMap.Create(headers, options.Target, options.Columns, fields);
    }

    private async Task ReadRowsAsync(RecordReader reader, RowParser parser, LimitedStream content, ImportReport report, CancellationToken cancellationToken)
    {
        var batch = new List<RowDraft>(ImportLimits.BatchRows);
        await using var pipeline = new WritePipeline(writer, report);
        while (await reader.ReadAsync(cancellationToken) is { } record && !content.IsExceeded)
        {
            if (await ReadRowAsync(record, parser, content, report, cancellationToken) is { } draft)
                batch.Add(draft);
            if (batch.Count < ImportLimits.BatchRows)
                continue;
            await pipeline.WriteAsync(batch, cancellationToken);
            batch = new List<RowDraft>(ImportLimits.BatchRows);
        }

        await pipeline.WriteAsync(batch, cancellationToken);
        await pipeline.FinishAsync(cancellationToken);
    }

    private static async Task<RowDraft?> ReadRowAsync(CsvRecord record, RowParser parser, LimitedStream content, ImportReport report, CancellationToken cancellationToken)
    {
        var (draft, error) = parser.Parse(record);
        if (draft is not null || error is not null)
            await report.ReadAsync(content.BytesRead, cancellationToken);
        if (error is not null)
            await report.RejectAsync(error, cancellationToken);
        return draft;
    }
}

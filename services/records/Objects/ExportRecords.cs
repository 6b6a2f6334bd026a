using FluentValidation;
using Google.Api;
using Grpc.Core;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Exporting;
using Platform.Validation;

namespace Platform.Records.Objects;

internal static class ExportRecords
{
    public sealed class Validator : AbstractValidator<V1.ExportRecordsRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Object).ObjectName();
            RuleFor(request => request.TimeZone).OptionalTimeZone();
            RuleFor(request => request.Format).ExportFormatName();
        }
    }

    public static Task Handle(V1.ExportRecordsRequest request, IServerStreamWriter<HttpBody> output, RecordsDbContext db, TimeProvider time, ServerCallContext call)
    {
        var known = db.Caller.FindObject(request.Object);
        return known.IsError
            ? throw known.Error.ToRpcException()
            : RecordExport.WriteAsync(
                RecordKinds.Of(known.Value.Key), new ExportRequest(request.Filter, request.OrderBy, request.TimeZone, request.Format), row => row.ToMessage(), db, time, output, call);
    }
}

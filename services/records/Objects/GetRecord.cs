using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Errors;

namespace Platform.Records.Objects;

internal static class GetRecord
{
    public sealed class Validator : AbstractValidator<V1.GetRecordRequest>
    {
        public Validator() => RuleFor(request => request.Object).ObjectName();
    }

    public static async Task<Result<V1.Record>> Handle(V1.GetRecordRequest request, RecordsDbContext db, CancellationToken cancellationToken)
    {
        var known = db.Caller.FindObject(request.Object);
        if (known.IsError)
            return known.Error;
        var rows = db.Records.Of(RecordKinds.Of(known.Value.Key, RecordState.Any));
        return Guid.TryParse(request.Id, out var id) && await rows.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } record
            ? record.ToMessage()
            : RecordErrors.NotFound(request.Id);
    }
}

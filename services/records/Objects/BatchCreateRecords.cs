using FluentValidation;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Records.Objects;

internal static class BatchCreateRecords
{
    private const int MaxRecords = 200;

    public sealed class Validator : AbstractValidator<V1.BatchCreateRecordsRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Object).ObjectName();
            RuleFor(request => request.Records).Must(records => records.Count is > 0 and <= MaxRecords).WithMessage(_ => Say($"Send 1 to {MaxRecords} records."));
            RuleForEach(request => request.Records).SetValidator(new RecordValidator());
        }
    }

    public static async Task<Result<V1.BatchCreateRecordsResponse>> Handle(
        V1.BatchCreateRecordsRequest request, RecordsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var created = await NewRecords.CreateAsync(db, request.Object, request.Records, place => $"records[{place}]", time.GetUtcNow(), cancellationToken);
        return created.IsError ? created.Error : new V1.BatchCreateRecordsResponse { Records = { created.Value.Select(record => record.ToMessage()) } };
    }
}

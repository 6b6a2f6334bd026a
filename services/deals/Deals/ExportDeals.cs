using FluentValidation;
using Google.Api;
using Grpc.Core;
using Platform.Exporting;
using Platform.Validation;

namespace Platform.Deals.Deals;

internal static class ExportDeals
{
    public sealed class Validator : AbstractValidator<V1.ExportDealsRequest>
    {
        public Validator()
        {
            RuleFor(request => request.TimeZone).OptionalTimeZone();
            RuleFor(request => request.Format).ExportFormatName();
        }
    }

    public static Task Handle(V1.ExportDealsRequest request, IServerStreamWriter<HttpBody> output, DealsDbContext db, TimeProvider time, ServerCallContext call) => RecordExport.WriteAsync(
        Deal.Resource, new ExportRequest(request.Filter, request.OrderBy, request.TimeZone, request.Format), row => row.ToMessage(), db, time, output, call);
}

using FluentValidation;
using Platform.Access;
using Platform.Bulk;
using Platform.Data;
using Platform.Languages;
using Platform.Monetary.Rates;
using Platform.Records.Bulk;
using Platform.Records.Imports;
using Platform.Records.Links;
using Platform.Records.Objects;
using Platform.Records.Purging;
using Platform.Records.Timeline;

namespace Platform.Records;

internal static class RecordsSetup
{
    public static IServiceCollection AddRecords(this IServiceCollection services, IConfiguration configuration) => services
        .AddWording(typeof(RecordsSetup).Assembly)
        .AddReporting()
        .AddProtectedResources(Record.Resource)
        .AddBulk(configuration, (job, user) => new V1.BulkJobEnded { Job = job, UserId = user }, BulkRecords.Find)
        .AddBuiltInTargets()
        .Configure<RecordOptions>(configuration.GetSection("Records"))
        .AddWorkSignal<RecordPurgeSignal>()
        .AddScoped<ImportRecords>()
        .AddSingleton<RecordPurgeQueue>()
        .AddHostedService<RecordPurger>()
        .AddSingleton<IValidator<V1.ListTimelineRequest>, ListTimeline.Validator>()
        .AddSingleton<IValidator<V1.CreateNoteRequest>, CreateNote.Validator>()
        .AddSingleton<IValidator<V1.UpdateNoteRequest>, UpdateNote.Validator>()
        .AddSingleton<IValidator<V1.DeleteNoteRequest>, DeleteNote.Validator>()
        .AddSingleton<IValidator<V1.ListRecordsRequest>, ListRecords.Validator>()
        .AddSingleton<IValidator<V1.GetRecordRequest>, GetRecord.Validator>()
        .AddSingleton<IValidator<V1.CreateRecordRequest>, CreateRecord.Validator>()
        .AddSingleton<IValidator<V1.BatchCreateRecordsRequest>, BatchCreateRecords.Validator>()
        .AddSingleton<IValidator<V1.UpdateRecordRequest>, UpdateRecord.Validator>()
        .AddSingleton<IValidator<V1.DeleteRecordRequest>, DeleteRecord.Validator>()
        .AddSingleton<IValidator<V1.UndeleteRecordRequest>, UndeleteRecord.Validator>()
        .AddSingleton<IValidator<V1.ExportRecordsRequest>, ExportRecords.Validator>();

    public static void MapRecords(this WebApplication app)
    {
        app.MapGrpcService<RecordsService>();
        app.MapGrpcService<RecordsAccessService>();
        app.MapGrpcService<BulkService>();
    }
}

using Microsoft.EntityFrameworkCore;
using Platform.Pipelines.V1;

namespace Platform.Deals.Stages;

/// <summary>What changes of a pipeline do to the deals in it.</summary>
internal static class StagedRows
{
    public static Task RotAsync(this DealsDbContext db, Pipeline pipeline, CancellationToken cancellationToken)
    {
        var open = pipeline.Stages.Where(stage => stage.Kind == StageKind.Open && Guid.TryParse(stage.Id, out _)).ToList();
        Guid[] ids = [.. open.Select(stage => Guid.Parse(stage.Id))];
        int[] days = [.. open.Select(stage => stage.RottingDays)];
        return db.Database.ExecuteSqlAsync($"""
            UPDATE deals SET rotting_since = CASE WHEN stage.days > 0 THEN stage_change_time + make_interval(days => stage.days) END
            FROM unnest({ids}, {days}) AS stage(id, days)
            WHERE tenant_id = {db.Caller.RequiredTenantId} AND stage_id = stage.id AND status = 'Open'
                AND rotting_since IS DISTINCT FROM CASE WHEN stage.days > 0 THEN stage_change_time + make_interval(days => stage.days) END
            """, cancellationToken);
    }

    /// <summary>Deals that are in no pipeline go into this one, each with a first line of its history.</summary>
    public static Task StageAsync(this DealsDbContext db, Pipeline pipeline, CancellationToken cancellationToken)
    {
        var (open, won, lost) = (First(StageKind.Open), Guid.Parse(First(StageKind.Won).Id), Guid.Parse(First(StageKind.Lost).Id));
        var (id, category) = (Guid.Parse(open.Id), open.ForecastCategory.ToString());
        return db.Database.ExecuteSqlAsync($"""
            WITH placed AS (
                UPDATE deals SET pipeline_id = {Guid.Parse(pipeline.Id)}, changes = changes + 1, has_own_forecast = false,
                    stage_id = CASE status WHEN 'Won' THEN {won} WHEN 'Lost' THEN {lost} ELSE {id} END,
                    forecast_category = CASE status WHEN 'Won' THEN 'Closed' WHEN 'Lost' THEN 'Omitted' ELSE {category} END,
                    has_own_probability = status = 'Open' AND probability <> {open.Probability},
                    stage_change_time = coalesce(close_time, update_time),
                    rotting_since = CASE WHEN status = 'Open' AND {open.RottingDays} > 0 THEN update_time + make_interval(days => {open.RottingDays}) END
                WHERE tenant_id = {db.Caller.RequiredTenantId} AND stage_id IS NULL
                RETURNING *
            )
            INSERT INTO deal_changes (tenant_id, id, create_time, update_time, deal_id, number, actor_kind, actor, on_behalf_of, pipeline_id, stage_id, status, currency,
                amount, probability, forecast_category, close_date, owner_id, team_id, source, reporting_currency, reporting_rate,
                from_status, from_currency, from_amount, from_probability, from_forecast_category, from_reporting_currency)
            SELECT tenant_id, gen_random_uuid(), coalesce(close_time, update_time), coalesce(close_time, update_time), id, changes, 'System', 'deals', '', pipeline_id, stage_id,
                status, currency, amount, probability, forecast_category, close_date, owner_id, team_id, source, reporting_currency, reporting_rate,
                'Unspecified', '', 0, 0, 'Unspecified', '' FROM placed
            """, cancellationToken);

        Stage First(StageKind kind) => pipeline.Stages.First(stage => !stage.Archived && stage.Kind == kind);
    }
}

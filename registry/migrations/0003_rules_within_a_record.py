from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0002_cache_table'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='inocycle',
            name='ino_cycle_c57',
        ),
        migrations.AddConstraint(
            model_name='baseline',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'in progress'), models.Q(models.Q(('emd', '0'), ('emd_sites__isnull', False)), models.Q(('cns_rr', '0'), ('cns_rr_therapy__isnull', False)), _connector='OR', _negated=True), ('missing__has_any_keys', ['emd_sites', 'cns_rr_therapy']), _connector='OR'), name='baseline_c39'),
        ),
        migrations.AddConstraint(
            model_name='conditioningdrug',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'in progress'), models.Q(models.Q(('first_day__gt', 0), ('purpose', 'cond')), models.Q(('purpose', 'ptcy'), models.Q(models.Q(('drug', 'cy'), _negated=True), ('first_day__lte', 0), _connector='OR')), _connector='OR', _negated=True), _connector='OR'), name='conditioning_drug_c81'),
        ),
        migrations.AddConstraint(
            model_name='cytogenetics',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'in progress'), models.Q(models.Q(('banding', 'done'), ('iscn', None)), models.Q(('banding__in', ('failed', 'nd')), ('iscn__isnull', False)), _connector='OR', _negated=True), ('missing__has_any_keys', ['iscn']), _connector='OR'), name='cytogenetics_c22'),
        ),
        migrations.AddConstraint(
            model_name='diagnosis',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'in progress'), models.Q(('dx_cns', '0'), ('dx_cns_therapy__isnull', False), _negated=True), ('missing__has_any_keys', ['dx_cns_therapy']), _connector='OR'), name='diagnosis_c39'),
        ),
        migrations.AddConstraint(
            model_name='eligibility',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'in progress'), models.Q(('ball_confirmed', False), ('hct_after_ino', False), _connector='OR', _negated=True), _connector='OR'), name='eligibility_c07'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'in progress'), models.Q(models.Q(('mrd_done', False), models.Q(('mrd_result__isnull', False), ('mrd_method__isnull', False), ('mrd_date__isnull', False), ('mrd_value__isnull', False), _connector='OR')), models.Q(('mrd_result__in', ('neg', 'dnq')), ('mrd_value__isnull', False)), _connector='OR', _negated=True), ('missing__has_any_keys', ['mrd_result', 'mrd_method', 'mrd_date', 'mrd_value']), _connector='OR'), name='follow_up_c61'),
        ),
        migrations.AddConstraint(
            model_name='inocycle',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'in progress'), models.Q(models.Q(('d8_given', True), models.Q(('d8_date__isnull', True), ('d8_dose__isnull', True), _connector='OR')), models.Q(('d8_given', False), models.Q(('d8_date__isnull', False), ('d8_dose__isnull', False), _connector='OR')), models.Q(('d15_given', True), models.Q(('d15_date__isnull', True), ('d15_dose__isnull', True), _connector='OR')), models.Q(('d15_given', False), models.Q(('d15_date__isnull', False), ('d15_dose__isnull', False), _connector='OR')), _connector='OR', _negated=True), ('missing__has_any_keys', ['d8_date', 'd8_dose', 'd15_date', 'd15_dose']), _connector='OR'), name='ino_cycle_c51'),
        ),
        migrations.AddConstraint(
            model_name='inocycle',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'in progress'), models.Q(models.Q(('resp', None), ('resp_assessed', True)), models.Q(('resp__isnull', False), ('resp_assessed', False)), models.Q(('resp_date__isnull', False), ('resp_date__lt', models.F('d1_date'))), _connector='OR', _negated=True), ('missing__has_any_keys', ['resp', 'resp_date']), _connector='OR'), name='ino_cycle_c57'),
        ),
        migrations.AddConstraint(
            model_name='inocycle',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'in progress'), models.Q(models.Q(('mrd_done', False), models.Q(('mrd_result__isnull', False), ('mrd_method__isnull', False), ('mrd_date__isnull', False), ('mrd_value__isnull', False), _connector='OR')), models.Q(('mrd_result__in', ('neg', 'dnq')), ('mrd_value__isnull', False)), _connector='OR', _negated=True), ('missing__has_any_keys', ['mrd_result', 'mrd_method', 'mrd_date', 'mrd_value']), _connector='OR'), name='ino_cycle_c61'),
        ),
        migrations.AddConstraint(
            model_name='sosvod',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'in progress'), models.Q(('occurred', True), ('other_cause_excluded', False), _negated=True), _connector='OR'), name='sos_vod_c93'),
        ),
        migrations.AddConstraint(
            model_name='transplant',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'in progress'), models.Q(models.Q(('mrd_done', False), models.Q(('mrd_result__isnull', False), ('mrd_method__isnull', False), ('mrd_date__isnull', False), ('mrd_value__isnull', False), _connector='OR')), models.Q(('mrd_result__in', ('neg', 'dnq')), ('mrd_value__isnull', False)), _connector='OR', _negated=True), ('missing__has_any_keys', ['mrd_result', 'mrd_method', 'mrd_date', 'mrd_value']), _connector='OR'), name='hct_c61'),
        ),
        migrations.AddConstraint(
            model_name='transplant',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'in progress'), models.Q(models.Q(('donor', 'cb'), models.Q(('cell_source', 'cb'), _negated=True)), models.Q(('cell_source', 'cb'), models.Q(('donor', 'cb'), _negated=True)), _connector='OR', _negated=True), _connector='OR'), name='hct_c76'),
        ),
        migrations.AddConstraint(
            model_name='transplant',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'in progress'), models.Q(models.Q(('hla_matched__gt', 6), ('hla_tested', '6')), models.Q(('hla_matched__gt', 8), ('hla_tested', '8')), models.Q(('hla_matched__gt', 10), ('hla_tested', '10')), models.Q(('hla_matched__gt', 12), ('hla_tested', '12')), _connector='OR', _negated=True), _connector='OR'), name='hct_c77'),
        ),
        migrations.AlterConstraint(
            model_name='user',
            name='user_centre_by_role',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('centre__isnull', False), ('role__in', ('data_manager', 'centre_investigator'))), models.Q(models.Q(('role__in', ('data_manager', 'centre_investigator')), _negated=True), ('centre__isnull', True)), _connector='OR'), name='user_centre_by_role', violation_error_message='Data managers and centre investigators belong to one centre, others to none.'),
        ),
    ]

use super::Workbench;
use crate::error::Result;
use crate::operation::{ParametersText, ServiceInstanceForms};
use crate::service_instance::{self, CommandLines, ParametersRead};

impl Workbench {
    /// Writes the parameters of a service instance and its key as JSON and as command lines.
    pub async fn service_instance_write(&self, forms: ServiceInstanceForms) -> Result<CommandLines> {
        Ok(CommandLines::of(&forms.instance, &forms.key, &forms.names))
    }

    /// Reads the parameters of a service instance or key back, with what is wrong with them.
    pub async fn service_instance_read(&self, parameters: ParametersText) -> Result<ParametersRead> {
        service_instance::read(&parameters.text, parameters.plan)
    }
}
